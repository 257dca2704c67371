/* Programs in Go read the time stamp counter of the processor, and draw from it the order of maps and the
 * choice of select. In the memory of such a program this instruction is replaced by one that gives 0. */
#include "supervisor.h"

#include <elf.h>
#include <fcntl.h>

/* The runtime's function cputicks: rdtscp; shl rdx, 32; add rax, rdx; mov [rsp+8], rax; ret */
static const uint8_t ticks[] = {0x0f, 0x01, 0xf9, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x01, 0xd0,
                                0x48, 0x89, 0x44, 0x24, 0x08, 0xc3};
static const uint8_t zero[] = {0x31, 0xc0, 0x90}; /* xor eax, eax; nop */

/* On old processors: mfence; lfence; rdtsc; jmp */
static const uint8_t old_ticks[] = {0x0f, 0xae, 0xf0, 0x0f, 0xae, 0xe8, 0x0f, 0x31, 0xeb};
static const uint8_t old_zero[] = {0x0f, 0xae, 0xf0, 0x0f, 0xae, 0xe8, 0x31, 0xc0};

static void replace(int memory, uint64_t from, uint64_t to, const uint8_t *pattern, size_t length,
                    const uint8_t *code, size_t code_length) {
  static uint8_t chunk[1 << 16];
  for (uint64_t at = from; at < to;) {
    size_t wanted = to - at < sizeof chunk ? to - at : sizeof chunk;
    ssize_t got = pread(memory, chunk, wanted, (off_t)at);
    if (got < (ssize_t)length) {
      return;
    }
    uint8_t *found = memmem(chunk, (size_t)got, pattern, length);
    if (found != NULL) {
      pwrite(memory, code, code_length, (off_t)(at + (uint64_t)(found - chunk)));
      return;
    }
    at += (uint64_t)got == to - at ? (uint64_t)got : (uint64_t)got - length;
  }
}

/* Patches a process that has just executed a program, if that is written in Go. */
void patch_go(struct process *process, int memory) {
  char path[64];
  uint8_t start[4096];
  snprintf(path, sizeof path, "/proc/%d/exe", process->tgid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = file < 0 ? -1 : read(file, start, sizeof start);
  close(file);
  const Elf64_Ehdr *header = (const Elf64_Ehdr *)start;
  if (size < (ssize_t)sizeof start || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      memmem(start, sizeof start, "\4\0\0\0Go\0\0", 8) == NULL || header->e_type != ET_EXEC) {
    return; /* its note with the build ID lacks; or its place in memory is unknown */
  }
  for (int i = 0; i < header->e_phnum; i++) {
    size_t at = header->e_phoff + (size_t)i * sizeof(Elf64_Phdr);
    if (at + sizeof(Elf64_Phdr) > sizeof start) {
      return;
    }
    const Elf64_Phdr *part = (const Elf64_Phdr *)(start + at);
    if (part->p_type == PT_LOAD && part->p_flags & PF_X) {
      uint64_t from = part->p_vaddr, to = from + part->p_memsz;
      replace(memory, from, to, ticks, sizeof ticks, zero, sizeof zero);
      replace(memory, from, to, old_ticks, sizeof old_ticks, old_zero, sizeof old_zero);
    }
  }
}
