export { DevicesPanel } from "@/features/push/devices-panel";
export { devicesQuery } from "@/features/push/queries";
