export { SaveBar } from "@/features/business/save-bar";
export { asClock, asClosing } from "@/features/business/settings";
