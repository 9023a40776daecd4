#define _GNU_SOURCE
#include "scan.h"
#include <string.h>

size_t scan_find(const uint8_t *data, size_t count, uint8_t byte) {
  const uint8_t *at = memchr(data, byte, count);
  return at ? (size_t)(at - data) : count;
}

size_t scan_find_last(const uint8_t *data, size_t count, uint8_t byte) {
  const uint8_t *at = memrchr(data, byte, count);
  return at ? (size_t)(at - data) : count;
}
