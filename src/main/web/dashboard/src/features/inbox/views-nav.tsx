export function ViewsNav() {
  return null;
}
