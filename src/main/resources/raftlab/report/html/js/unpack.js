// Reads the packed data of the page: base 64, then gzip, then JSON.

export async function unpack(base64) {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// The JSON texts of messages, in packs that are unpacked when they are needed.
export class Bodies {
  constructor(packs, rowsInPack) {
    this.packs = packs;
    this.rowsInPack = rowsInPack;
    this.open = new Map();
  }

  async pack(number) {
    if (!this.open.has(number)) {
      if (this.open.size > 40) {
        this.open.delete(this.open.keys().next().value);
      }
      this.open.set(number, unpack(this.packs[number]));
    }
    return this.open.get(number);
  }

  async of(row) {
    const number = Math.floor(row / this.rowsInPack);
    if (number >= this.packs.length) {
      return "";
    }
    return (await this.pack(number))[row % this.rowsInPack] ?? "";
  }

  // Calls `found` with each row whose text has this part, until it returns false.
  async search(part, found) {
    for (let number = 0; number < this.packs.length; number++) {
      const texts = await (this.open.get(number) ?? unpack(this.packs[number]));
      for (let i = 0; i < texts.length; i++) {
        if (texts[i].includes(part) && found(number * this.rowsInPack + i) === false) {
          return;
        }
      }
    }
  }
}
