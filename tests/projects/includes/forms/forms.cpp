#include "beside.h"
#include "twice.h"
#include <twice.h>
#include <next.h>
#include <nested/deep.h>
#include "links/linked.h"
#include "blank.h"
#include "made.h"
#include <config.h>
#include <cstdlib>

#if __has_include(<named.h>)
#define HEADER <named.h>
#include HEADER
#endif
#if __has_include("nowhere.h")
#include "left_out.h"
#endif
#define QUOTED(name) #name
#define QUOTE(name) QUOTED(name)
#define DIRECTORY second
#define IN(directory, name) QUOTE(directory/name.h)
#include IN(../DIRECTORY, made_up)
#define JOIN(a, b) a##b
#define JOIN_TWICE(a, b) JOIN(a, b)
#define NUMBER 20
#include QUOTE(JOIN_TWICE(list, NUMBER).h)
