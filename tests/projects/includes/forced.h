#pragma once
#define IS_FORCED 1
