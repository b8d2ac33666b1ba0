export { DevicesPanel } from "@/features/push/devices-panel";
