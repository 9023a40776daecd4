#include "systemd_journal.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>

static struct systemd_journal_calls calls;
static int is_complete;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *find(void *library, const char *name, int *missing) {
  void *found = dlsym(library, name);
  if (found == NULL) *missing = 1;
  return found;
}

// The library stays open to the end of the process: it keeps threads' storage of its own.
static void load(void) {
  void *library = dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  int missing = 0;
#define TAKE(field, name) calls.field = find(library, #name, &missing)
  TAKE(open, sd_journal_open);
  TAKE(open_directory, sd_journal_open_directory);
  TAKE(open_files, sd_journal_open_files);
  TAKE(close, sd_journal_close);
  TAKE(next, sd_journal_next);
  TAKE(seek_head, sd_journal_seek_head);
  TAKE(seek_cursor, sd_journal_seek_cursor);
  TAKE(test_cursor, sd_journal_test_cursor);
  TAKE(seek_realtime, sd_journal_seek_realtime_usec);
  TAKE(get_cursor, sd_journal_get_cursor);
  TAKE(get_realtime, sd_journal_get_realtime_usec);
  TAKE(get_monotonic, sd_journal_get_monotonic_usec);
  TAKE(restart_data, sd_journal_restart_data);
  TAKE(enumerate_data, sd_journal_enumerate_data);
  TAKE(set_data_threshold, sd_journal_set_data_threshold);
  TAKE(get_descriptor, sd_journal_get_fd);
  TAKE(process, sd_journal_process);
#undef TAKE
  is_complete = !missing;
}

const struct systemd_journal_calls *systemd_journal_calls(void) {
  pthread_once(&once, load);
  return is_complete ? &calls : NULL;
}
