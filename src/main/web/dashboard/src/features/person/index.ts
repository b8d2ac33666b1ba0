// What other features may use.
export { PersonMenu } from "@/features/person/person-menu";
