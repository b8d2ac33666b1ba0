// What other features may use.
export { LiveIndicator } from "@/features/live/live-indicator";
