#ifndef TAFFRAIL_SYSTEMD_JOURNAL_H
#define TAFFRAIL_SYSTEMD_JOURNAL_H

#include <stdint.h>
#include <stdlib.h>
#include <systemd/sd-journal.h>

// The calls of libsystemd that follow a journal, found in the library when it is first wanted: the
// program starts, and starts as fast, where there is no libsystemd. The types are those of the header,
// so that a call that doesn't fit is refused by the compiler.
struct systemd_journal_calls {
  __typeof__(sd_journal_open) *open;
  __typeof__(sd_journal_open_directory) *open_directory;
  __typeof__(sd_journal_open_files) *open_files;
  __typeof__(sd_journal_close) *close;
  __typeof__(sd_journal_next) *next;
  __typeof__(sd_journal_seek_head) *seek_head;
  __typeof__(sd_journal_seek_cursor) *seek_cursor;
  __typeof__(sd_journal_test_cursor) *test_cursor;
  __typeof__(sd_journal_seek_realtime_usec) *seek_realtime;
  __typeof__(sd_journal_get_cursor) *get_cursor;
  __typeof__(sd_journal_get_realtime_usec) *get_realtime;
  __typeof__(sd_journal_get_monotonic_usec) *get_monotonic;
  __typeof__(sd_journal_restart_data) *restart_data;
  __typeof__(sd_journal_enumerate_data) *enumerate_data;
  __typeof__(sd_journal_set_data_threshold) *set_data_threshold;
  __typeof__(sd_journal_get_fd) *get_descriptor;
  __typeof__(sd_journal_process) *process;
};

// The calls, or NULL where the machine has no libsystemd that offers them all.
const struct systemd_journal_calls *systemd_journal_calls(void);

#endif
