// What other features may use.
export { usePalette } from "@/features/palette/palette-store";
