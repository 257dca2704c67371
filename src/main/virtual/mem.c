/* The memory of a replica: reads and writes for its calls, and the vDSO. */
#include "supervisor.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <sys/uio.h>

bool read_memory(struct task *task, uint64_t from, void *to, size_t length) {
  struct iovec here = {to, length}, there = {(void *)from, length};
  return length == 0 || process_vm_readv(task->tid, &here, 1, &there, 1, 0) == (ssize_t)length;
}

bool write_memory(struct task *task, uint64_t to, const void *from, size_t length) {
  struct iovec here = {(void *)from, length}, there = {(void *)to, length};
  return length == 0 || process_vm_writev(task->tid, &here, 1, &there, 1, 0) == (ssize_t)length;
}

/* The vDSO has functions that read the clock without a system call. They are overwritten with the
 * system call. The vDSO is the same in all processes of a machine, so its symbols are read here. */

struct vdso_function {
  const char *name;
  uint8_t code[8];
  uint64_t offset; /* 0: this kernel doesn't have it */
};

#define CALL(number) {0xb8, (number) & 255, (number) >> 8, 0, 0, 0x0f, 0x05, 0xc3} /* mov eax; syscall; ret */

static struct vdso_function functions[] = {
    {"__vdso_clock_gettime", CALL(SYS_clock_gettime), 0},
    {"__vdso_gettimeofday", CALL(SYS_gettimeofday), 0},
    {"__vdso_time", CALL(SYS_time), 0},
    {"__vdso_clock_getres", CALL(SYS_clock_getres), 0},
    /* mov rax, -ENOSYS; ret */
    {"__vdso_getrandom", {0x48, 0xc7, 0xc0, 0xda, 0xff, 0xff, 0xff, 0xc3}, 0}};

#define FUNCTIONS (sizeof(functions) / sizeof(functions[0]))

static void find_functions(void) {
  static bool found;
  const uint8_t *base = (const uint8_t *)getauxval(AT_SYSINFO_EHDR);
  if (found || base == NULL) {
    return;
  }
  found = true;
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)base;
  const Elf64_Shdr *sections = (const Elf64_Shdr *)(base + header->e_shoff);
  for (int i = 0; i < header->e_shnum; i++) {
    if (sections[i].sh_type != SHT_DYNSYM) {
      continue;
    }
    const Elf64_Sym *symbols = (const Elf64_Sym *)(base + sections[i].sh_offset);
    const char *names = (const char *)(base + sections[sections[i].sh_link].sh_offset);
    for (size_t s = 0; s < sections[i].sh_size / sizeof(Elf64_Sym); s++) {
      for (size_t f = 0; f < FUNCTIONS; f++) {
        if (strcmp(names + symbols[s].st_name, functions[f].name) == 0) {
          functions[f].offset = symbols[s].st_value;
        }
      }
    }
  }
}

static int open_of(pid_t pid, const char *name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  return open(path, flags | O_CLOEXEC);
}

/* Makes a process that has just executed a program call the kernel for the time, and gives it known
 * "random" bytes in its auxiliary vector. */
void patch_process(struct replica *replica, struct process *process) {
  find_functions();
  process->patched = true;
  Elf64_auxv_t auxv[64];
  int file = open_of(process->tgid, "auxv", O_RDONLY);
  ssize_t size = file < 0 ? -1 : read(file, auxv, sizeof auxv);
  close(file);
  int memory = open_of(process->tgid, "mem", O_RDWR);
  for (int i = 0; memory >= 0 && i < (int)(size / (ssize_t)sizeof auxv[0]); i++) {
    if (auxv[i].a_type == AT_SYSINFO_EHDR) {
      for (size_t f = 0; f < FUNCTIONS; f++) {
        if (functions[f].offset != 0 &&
            pwrite(memory, functions[f].code, 8, (off_t)(auxv[i].a_un.a_val + functions[f].offset)) != 8) {
          note(replica, "can't replace %s of process %d", functions[f].name, process->tgid);
        }
      }
    } else if (auxv[i].a_type == AT_RANDOM) {
      uint64_t bytes[2] = {next_random(replica), next_random(replica)};
      if (pwrite(memory, bytes, sizeof bytes, (off_t)auxv[i].a_un.a_val) != sizeof bytes) {
        note(replica, "can't replace AT_RANDOM of process %d", process->tgid);
      }
    }
  }
  if (memory >= 0) {
    patch_go(process, memory);
  }
  close(memory);
}
