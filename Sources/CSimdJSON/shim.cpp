#include "simdjson_shim.h"
#include <simdjson.h>

int simdjson_shim_valid_utf8(const uint8_t *data, size_t count) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(data), count);
}

int simdjson_shim_accepts(const uint8_t *data, size_t count) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const char *text = reinterpret_cast<const char *>(data);
  return parser.parse(text, count, true).get(root) == simdjson::SUCCESS;
}
