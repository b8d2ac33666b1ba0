-- The short name of a lead that a person can read out, such as 7F3K-9Q2M; the Java class Reference computes the same.
-- Runs: called by found_by(), for the API's JSON of a lead, and by erase_contact(). Results are stored in
-- public.messages.found_by: a body that returns something else needs a versioned migration that computes them anew.

create or replace function messaging.reference(id uuid) returns text language plpgsql immutable strict parallel safe as $$
declare
  bits bigint := ('x' || encode(substr(sha256(uuid_send(id)), 1, 5), 'hex'))::bit(40)::bigint;
  signs constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
begin
  return substr(signs, (bits >> 35)::int + 1, 1) || substr(signs, (bits >> 30 & 31)::int + 1, 1)
    || substr(signs, (bits >> 25 & 31)::int + 1, 1) || substr(signs, (bits >> 20 & 31)::int + 1, 1) || '-'
    || substr(signs, (bits >> 15 & 31)::int + 1, 1) || substr(signs, (bits >> 10 & 31)::int + 1, 1)
    || substr(signs, (bits >> 5 & 31)::int + 1, 1) || substr(signs, (bits & 31)::int + 1, 1);
end $$;

revoke all on function messaging.reference(uuid) from public, anon, authenticated;
grant execute on function messaging.reference(uuid) to authenticated, messaging_intake, messaging_worker;
