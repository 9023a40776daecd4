// The careful reader of one JSON text: checks all of its grammar and notes where each value stands.
//
// A pushdown automaton without recursion; strings are crossed 16 bytes at a time where SSE2 is there.
// Numbers are checked but not converted: their digits are what counts, however many there are.
#include "scan.h"
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef struct {
  const uint8_t *data;
  size_t count, at;
} reader;

static void skip_space(reader *r) {
  while (r->at < r->count) {
    uint8_t byte = r->data[r->at];
    if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r') return;
    r->at++;
  }
}

// Crosses the string whose opening quote is at `r->at`; 0 where it is not one.
static int read_string(reader *r, uint32_t *start, uint32_t *length, uint8_t *escaped) {
  if (r->at >= r->count || r->data[r->at] != '"') return 0;
  size_t at = r->at + 1;
  *start = (uint32_t)at;
  *escaped = 0;
  for (;;) {
#if defined(__SSE2__)
    while (at + 16 <= r->count) {
      __m128i bytes = _mm_loadu_si128((const __m128i *)(r->data + at));
      __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
      __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
      uint32_t mask = (uint32_t)_mm_movemask_epi8(_mm_or_si128(control, special));
      if (mask) {
        at += (size_t)__builtin_ctz(mask);
        break;
      }
      at += 16;
    }
#endif
    while (at < r->count && r->data[at] != '"' && r->data[at] != '\\' && r->data[at] >= 0x20) at++;
    if (at >= r->count || r->data[at] < 0x20) return 0;
    if (r->data[at] == '"') break;
    *escaped = 1;
    size_t width = at + 1 < r->count && r->data[at + 1] == 'u' ? 6 : 2;
    if (r->count - at < width || !scan_escapes_valid(r->data + at, width)) return 0;
    at += width;
  }
  *length = (uint32_t)(at - *start);
  r->at = at + 1;
  return 1;
}

static int is_word(const reader *r, const char *word, size_t length) {
  return r->count - r->at >= length && memcmp(r->data + r->at, word, length) == 0;
}

// Crosses a number, true, false or null; -1 where none stands here, else its kind.
static int read_token(reader *r) {
  if (is_word(r, "true", 4)) return r->at += 4, SCAN_TRUE;
  if (is_word(r, "false", 5)) return r->at += 5, SCAN_FALSE;
  if (is_word(r, "null", 4)) return r->at += 4, SCAN_NULL;
  size_t end = r->at;
  while (end < r->count) {
    uint8_t byte = r->data[end];
    int part = (byte >= '0' && byte <= '9') || byte == '-' || byte == '+' || byte == '.' ||
               (byte | 0x20) == 'e';
    if (!part) break;
    end++;
  }
  if (!scan_number_valid(r->data + r->at, end - r->at)) return -1;
  r->at = end;
  return SCAN_NUMBER;
}

scan_tape_result scan_tape(const uint8_t *data, size_t count, scan_item *items, size_t capacity) {
  scan_tape_result result = {1, 0, 0};
  reader r = {data, count, 0};
  struct {
    uint32_t item;  // UINT32_MAX where it is beyond the capacity
    uint32_t start;
    uint8_t is_array;
  } stack[SCAN_MAX_DEPTH];
  size_t depth = 0;
  scan_item spare;

  for (;;) {
    // A value stands here, or in an object a key before it.
    scan_item *item = result.count < capacity ? &items[result.count] : &spare;
    memset(item, 0, sizeof *item);
    item->depth = (uint8_t)depth;
    skip_space(&r);
    if (depth > 0 && !stack[depth - 1].is_array) {
      if (!read_string(&r, &item->key_start, &item->key_count, &item->key_escaped)) return result;
      skip_space(&r);
      if (r.at >= count || data[r.at] != ':') return result;
      r.at++;
      skip_space(&r);
    }
    if (r.at >= count) return result;
    uint32_t number = result.count < capacity ? result.count++ : (result.missed++, UINT32_MAX);
    uint8_t first = data[r.at];
    item->value_start = (uint32_t)r.at;
    if (first == '{' || first == '[') {
      item->kind = first == '{' ? SCAN_OBJECT : SCAN_ARRAY;
      if (depth == SCAN_MAX_DEPTH) {
        result.verdict = 2;
        return result;
      }
      stack[depth].item = number;
      stack[depth].start = (uint32_t)r.at;
      stack[depth].is_array = first == '[';
      depth++;
      r.at++;
      skip_space(&r);
      if (r.at >= count) return result;
      if (data[r.at] != (first == '{' ? '}' : ']')) continue;
    } else if (first == '"') {
      item->kind = SCAN_STRING;
      if (!read_string(&r, &item->value_start, &item->value_count, &item->value_escaped))
        return result;
      item->next = result.count;
    } else {
      int kind = read_token(&r);
      if (kind < 0) return result;
      item->kind = (uint8_t)kind;
      item->value_count = (uint32_t)r.at - item->value_start;
      item->next = result.count;
    }
    // The value has ended, or the bracket of an empty one stands here: close what closes.
    for (;;) {
      if (depth == 0) {
        skip_space(&r);
        result.verdict = r.at == count ? 0 : 1;
        return result;
      }
      skip_space(&r);
      if (r.at >= count) return result;
      if (data[r.at] == ',') {
        // `[,` and `{,` never come here: an empty bracket pair is only entered at its end.
        r.at++;
        break;
      }
      if (data[r.at] != (stack[depth - 1].is_array ? ']' : '}')) return result;
      r.at++;
      depth--;
      if (stack[depth].item != UINT32_MAX) {
        scan_item *closed = &items[stack[depth].item];
        closed->value_count = (uint32_t)r.at - stack[depth].start;
        closed->next = result.count;
      }
    }
  }
}
