/** The longest text that is quicker to write character by character than by a call of its own. */
const SHORT = 16;

/** Collects bytes one by one or as text, without a buffer for each of them: values may be large. */
export class ByteSink {
  #buffer = Buffer.allocUnsafe(64);
  #length = 0;

  byte(value: number): void {
    this.#makeRoom(1);
    this.#buffer[this.#length] = value;
    this.#length += 1;
  }

  /** Adds a text as UTF-8. */
  text(text: string): void {
    if (text === '') return;
    this.#makeRoom(text.length * 3);
    if (text.length <= SHORT && this.#writeAscii(text)) return;
    this.#length += this.#buffer.write(text, this.#length);
  }

  /** All that was added. */
  take(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  /** False where the text holds more than ASCII: then nothing was added. */
  #writeAscii(text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      this.#buffer[this.#length + index] = code;
    }
    this.#length += text.length;
    return true;
  }

  #makeRoom(bytes: number): void {
    const wanted = this.#length + bytes;
    if (wanted <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(wanted, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
