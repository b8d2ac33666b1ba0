import { encode } from "uqr";
import { useMemo } from "react";

const QUIET = 4;
const PNG_PIXELS = 1_200;

/** The code with the quiet zone that readers need, as rows of dark and light. */
function matrix(text: string): readonly (readonly boolean[])[] {
  // M survives a scratch; what is printed on paper needs no more.
  return encode(text, { ecc: "M", border: QUIET }).data;
}

/** One path for all dark modules: small, and the same in every viewer. */
export function qrSvg(text: string): string {
  const rows = matrix(text);
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const size = rows.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}

export async function qrPng(text: string): Promise<Blob> {
  const rows = matrix(text);
  const scale = Math.ceil(PNG_PIXELS / rows.length);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = rows.length * scale;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  rows.forEach((row, y) => row.forEach((dark, x) => dark && pen.fillRect(x * scale, y * scale, scale, scale)));
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser makes no PNG."))), "image/png"),
  );
}

/** The code on screen; always dark on white, since not all readers know it otherwise. */
export function QrCode({ text, className }: { text: string; className?: string }) {
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(qrSvg(text))}`, [text]);
  return <img src={source} alt={`QR code of ${text}`} className={className} />;
}
