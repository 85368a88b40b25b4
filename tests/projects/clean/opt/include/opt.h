#pragma once

int opt();
