// Moves the cursor on by itself.

export class Player {
  constructor(model, view, speed, onState) {
    Object.assign(this, { model, view, speed, onState });
    this.isPlaying = false;
  }

  toggle() {
    this.isPlaying = !this.isPlaying;
    this.onState(this.isPlaying);
    if (this.isPlaying) {
      if (this.view.cursor >= this.model.count - 1) {
        this.view.moveTo(0);
      }
      this.micros = this.model.micros[this.view.cursor];
      this.before = performance.now();
      requestAnimationFrame((now) => this.frame(now));
    }
  }

  stop() {
    if (this.isPlaying) {
      this.toggle();
    }
  }

  frame(now) {
    if (!this.isPlaying) {
      return;
    }
    const elapsed = now - this.before;
    const speed = this.speed();
    if (speed === "events") {
      if (elapsed >= 50) {
        this.before = now;
        this.view.step(1);
        this.micros = this.model.micros[this.view.cursor];
      }
    } else {
      this.before = now;
      this.micros += elapsed * 1000 * Number(speed);
      const event = this.model.eventAt(this.micros / 1e6);
      if (event > this.view.cursor) {
        this.view.moveTo(event);
      }
    }
    if (this.view.cursor >= this.model.count - 1) {
      this.stop();
      return;
    }
    requestAnimationFrame((next) => this.frame(next));
  }
}
