#define _GNU_SOURCE
#include "mapping.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

// More journal files than systemd itself would open (7,168).
#define SLOTS 8192

struct slot {
  _Atomic uintptr_t start;
  _Atomic size_t size;
  _Atomic unsigned lost;
};

static struct slot slots[SLOTS];
static _Atomic int used;
static uintptr_t page;
static struct sigaction before;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Puts a page of zeros in the place of the one that is gone. Only calls that a signal handler may make:
// mmap is a plain system call here.
static void on_bus_error(int number, siginfo_t *info, void *context) {
  (void)context;
  int kept = errno;
  uintptr_t at = (uintptr_t)info->si_addr;
  int count = atomic_load(&used);
  for (int index = 0; index < count; index++) {
    uintptr_t start = atomic_load(&slots[index].start);
    if (start == 0 || at < start || at - start >= atomic_load(&slots[index].size)) continue;
    void *place = (void *)(at & ~(page - 1));
    if (mmap(place, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
      break;
    atomic_fetch_add(&slots[index].lost, 1);
    errno = kept;
    return;
  }
  // Not ours: what was set before deals with it when the instruction is run again.
  sigaction(number, &before, NULL);
  errno = kept;
}

static void install(void) {
  page = (uintptr_t)sysconf(_SC_PAGESIZE);
  struct sigaction action = {0};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  sigaction(SIGBUS, &action, &before);
}

const uint8_t *taffrail_mapping_make(int descriptor, size_t size, int *slot) {
  pthread_once(&once, install);
  pthread_mutex_lock(&lock);
  int index = 0;
  while (index < SLOTS && atomic_load(&slots[index].start) != 0) index++;
  void *base = MAP_FAILED;
  if (index == SLOTS)
    errno = ENOMEM;
  else
    base = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (base != MAP_FAILED) {
    // A fault within the last page's zeros is none, so the size is enough.
    atomic_store(&slots[index].size, (size + page - 1) & ~(page - 1));
    atomic_store(&slots[index].lost, 0);
    atomic_store(&slots[index].start, (uintptr_t)base);
    if (index >= atomic_load(&used)) atomic_store(&used, index + 1);
    *slot = index;
  }
  pthread_mutex_unlock(&lock);
  return base == MAP_FAILED ? NULL : base;
}

void taffrail_mapping_end(int slot) {
  pthread_mutex_lock(&lock);
  munmap((void *)atomic_load(&slots[slot].start), atomic_load(&slots[slot].size));
  atomic_store(&slots[slot].start, 0);
  pthread_mutex_unlock(&lock);
}

void taffrail_mapping_rest(int slot) {
  madvise((void *)atomic_load(&slots[slot].start), atomic_load(&slots[slot].size), MADV_DONTNEED);
}

unsigned taffrail_mapping_lost(int slot) { return atomic_load(&slots[slot].lost); }

void taffrail_mapping_buffers(int bytes) { mallopt(M_MMAP_THRESHOLD, bytes); }
