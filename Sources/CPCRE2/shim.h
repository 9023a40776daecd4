// PCRE2 for 8-bit code units; Swift calls the functions with the `_8` suffix.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
