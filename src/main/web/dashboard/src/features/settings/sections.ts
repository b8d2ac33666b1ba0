import {
  Bell,
  BellRing,
  Building2,
  FileText,
  KeyRound,
  type LucideIcon,
  Megaphone,
  MonitorSmartphone,
  QrCode,
  ScrollText,
  UserCheck,
  Users,
  Webhook,
} from "lucide-react";

/** The pages of the settings, in the order in which they are needed. */
export const SECTIONS = [
  { to: "/settings/channels", label: "Channels", about: "Where leads go: e-mail, SMS, webhooks", icon: Megaphone },
  { to: "/settings/notifications", label: "Notifications", about: "What reaches you, and how loudly", icon: Bell },
  { to: "/settings/devices", label: "Devices", about: "Where you are signed in", icon: MonitorSmartphone },
  { to: "/settings/escalation", label: "Escalation", about: "Who is next when nobody acts", icon: BellRing },
  { to: "/settings/funnels", label: "Funnels", about: "Forms, their links and QR codes", icon: QrCode },
  { to: "/settings/templates", label: "Templates", about: "Texts for replies", icon: FileText },
  { to: "/settings/members", label: "People", about: "Who works here", icon: Users },
  { to: "/settings/assignment", label: "Who gets it", about: "Rules for new leads, and the rota", icon: UserCheck },
  { to: "/settings/webhooks", label: "Webhooks", about: "Endpoints, secrets and the delivery log", icon: Webhook },
  { to: "/settings/api-keys", label: "API keys", about: "For your own systems", icon: KeyRound },
  {
    to: "/settings/business",
    label: "Business",
    about: "Time zone, opening hours, how long leads are kept",
    icon: Building2,
  },
  { to: "/settings/audit", label: "Audit trail", about: "Who did what", icon: ScrollText },
] as const satisfies readonly { to: string; label: string; about: string; icon: LucideIcon }[];
