import { create } from "zustand";

export type PickerKind = "priority" | "assign" | "snooze";

interface PickerState {
  readonly open: { readonly kind: PickerKind; readonly leadId: string } | undefined;
}

/** Which choice about which lead is open. */
export const usePicker = create<PickerState>(() => ({ open: undefined }));

export function pick(kind: PickerKind, leadId: string): void {
  usePicker.setState({ open: { kind, leadId } });
}

export function closePicker(): void {
  usePicker.setState({ open: undefined });
}
