const NOTES = [
  { frequency: 659.25, at: 0 },
  { frequency: 987.77, at: 0.16 },
];
const LENGTH_S = 0.9;
const LOUDNESS = 0.12;
const SILENT = 0.0001;

let context: AudioContext | undefined;

/** Browsers let a page be heard once somebody has touched it: called when that happens. */
export function allowSound(): void {
  if (typeof AudioContext === "undefined") {
    return;
  }
  context ??= new AudioContext();
  if (context.state === "suspended") {
    void context.resume().catch(() => undefined);
  }
}

/** Two gentle notes. */
export function chime(): void {
  if (context?.state !== "running") {
    return;
  }
  for (const { frequency, at } of NOTES) {
    const from = context.currentTime + at;
    const tone = new OscillatorNode(context, { type: "sine", frequency });
    const loudness = new GainNode(context, { gain: SILENT });
    loudness.gain.setValueAtTime(SILENT, from);
    loudness.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.03);
    loudness.gain.exponentialRampToValueAtTime(SILENT, from + LENGTH_S);
    tone.connect(loudness).connect(context.destination);
    tone.start(from);
    tone.stop(from + LENGTH_S);
  }
}
