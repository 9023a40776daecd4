#include "simdjson_shim.h"
#include <simdjson.h>

int simdjson_shim_valid_utf8(const uint8_t *data, size_t count) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(data), count);
}
