// JSON's escapes: checking them and resolving them (RFC 8259 section 7).
#include "scan.h"
#include <string.h>

static const uint8_t simple[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};

// The four hexadecimal digits at `data`, or -1.
static int32_t hex4(const uint8_t *data) {
  int32_t value = 0;
  for (int i = 0; i < 4; i++) {
    uint8_t byte = data[i];
    int32_t digit;
    if (byte >= '0' && byte <= '9') digit = byte - '0';
    else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f') digit = (byte | 0x20) - 'a' + 10;
    else return -1;
    value = value << 4 | digit;
  }
  return value;
}

int scan_escapes_valid(const uint8_t *data, size_t count) {
  size_t at = 0;
  while (at < count) {
    const uint8_t *found = memchr(data + at, '\\', count - at);
    if (!found) return 1;
    at = (size_t)(found - data) + 1;
    if (at >= count) return 0;
    if (data[at] == 'u') {
      if (count - at < 5 || hex4(data + at + 1) < 0) return 0;
      at += 5;
    } else {
      if (!simple[data[at]]) return 0;
      at++;
    }
  }
  return 1;
}

static size_t encode(uint32_t code, uint8_t *out) {
  if (code < 0x80) {
    out[0] = (uint8_t)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (uint8_t)(0xc0 | code >> 6);
    out[1] = (uint8_t)(0x80 | (code & 63));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (uint8_t)(0xe0 | code >> 12);
    out[1] = (uint8_t)(0x80 | (code >> 6 & 63));
    out[2] = (uint8_t)(0x80 | (code & 63));
    return 3;
  }
  out[0] = (uint8_t)(0xf0 | code >> 18);
  out[1] = (uint8_t)(0x80 | (code >> 12 & 63));
  out[2] = (uint8_t)(0x80 | (code >> 6 & 63));
  out[3] = (uint8_t)(0x80 | (code & 63));
  return 4;
}

size_t scan_unescape(const uint8_t *data, size_t count, uint8_t *out) {
  size_t at = 0, written = 0;
  while (at < count) {
    const uint8_t *found = memchr(data + at, '\\', count - at);
    size_t plain = found ? (size_t)(found - data) - at : count - at;
    memcpy(out + written, data + at, plain);
    written += plain;
    at += plain;
    if (!found || at + 1 >= count) break;
    uint8_t letter = data[at + 1];
    if (letter != 'u') {
      out[written++] = simple[letter] ? simple[letter] : letter;
      at += 2;
      continue;
    }
    int32_t code = count - at >= 6 ? hex4(data + at + 2) : -1;
    if (code < 0) break;
    at += 6;
    if (code >= 0xd800 && code < 0xe000) {
      int32_t low = -1;
      if (code < 0xdc00 && count - at >= 6 && data[at] == '\\' && data[at + 1] == 'u')
        low = hex4(data + at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
      } else {
        code = 0xfffd;
      }
    }
    written += encode((uint32_t)code, out + written);
  }
  return written;
}

int scan_number_valid(const uint8_t *data, size_t count) {
  size_t at = 0;
  if (at < count && data[at] == '-') at++;
  if (at >= count) return 0;
  if (data[at] == '0') {
    at++;
  } else {
    if (data[at] < '1' || data[at] > '9') return 0;
    while (at < count && data[at] >= '0' && data[at] <= '9') at++;
  }
  if (at < count && data[at] == '.') {
    size_t from = ++at;
    while (at < count && data[at] >= '0' && data[at] <= '9') at++;
    if (at == from) return 0;
  }
  if (at < count && (data[at] | 0x20) == 'e') {
    at++;
    if (at < count && (data[at] == '+' || data[at] == '-')) at++;
    size_t from = at;
    while (at < count && data[at] >= '0' && data[at] <= '9') at++;
    if (at == from) return 0;
  }
  return at == count;
}
