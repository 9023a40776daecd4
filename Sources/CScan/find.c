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

size_t scan_count(const uint8_t *data, size_t count, uint8_t byte) {
  size_t n = 0;
  for (size_t i = 0; i < count; i++) n += data[i] == byte;
  return n;
}
