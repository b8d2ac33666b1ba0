-- The members of a business to whom a lead may be assigned: owners and agents. The person whose id the business bears is its owner
-- without a row too; where rows name other owners, only a rule that names that person chooses them.
-- Runs: called by assignable_members(), duty_spans(), and the statements that check assignment rules and rotas.

create or replace function messaging.answering_members(business uuid) returns table (member uuid, email text, is_owner boolean, is_usual boolean)
language sql stable set search_path = '' as $$
  select m.user_id, m.email, m.role = 'owner' or m.user_id = business, true
  from messaging.business_members m
  where m.business_id = business and (m.role <> 'viewer' or m.user_id = business)
  union all
  select business, null, true, not exists (select from messaging.business_members m where m.business_id = business and m.role = 'owner')
  where not exists (select from messaging.business_members m where m.business_id = business and m.user_id = business)
$$;

revoke all on function messaging.answering_members(uuid) from public, anon, authenticated;
grant execute on function messaging.answering_members(uuid) to authenticated, messaging_worker;
