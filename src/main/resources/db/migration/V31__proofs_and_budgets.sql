-- A button behind a link may be pressed twice: the second press of the same browser, soon after the first, is the same press.
alter table messaging.sign_in_links
  add column pressed_by bytea,
  -- What is accepted with the sign-in: an invitation's link is good for days, so that of a person who is known already proves nothing.
  add column invitation_id uuid references messaging.invitations (id) on delete cascade;
create index sign_in_links_invitation_id on messaging.sign_in_links (invitation_id) where invitation_id is not null;
alter table messaging.invitations add column pressed_by bytea;
grant update (pressed_by) on messaging.sign_in_links, messaging.invitations to messaging_worker;
-- Two presses at once make one person.
grant update (email) on messaging.people to messaging_worker;

-- The mail that signs a person in is that person's: no business they belong to sees it, or has it sent again.
create policy sign_in_mails_are_nobodys on messaging.deliveries as restrictive for all to authenticated
  using (cause <> 'account' or period is null or period not like 'sign-in %');

-- What a business has done today of what costs money or reaches strangers.
create table messaging.budget_use (
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  budget text not null,
  used integer not null check (used >= 0),
  primary key (business_id, budget, day)
);
alter table messaging.budget_use enable row level security, force row level security;
revoke all on messaging.budget_use from public, anon, authenticated;
create policy worker_all on messaging.budget_use for all to messaging_worker using (true) with check (true);
grant select, insert, update (used), delete on messaging.budget_use to messaging_worker;

-- Counts for the caller's business, and says whether that is within the budget. Days before yesterday are forgotten by the way.
create function messaging.spend(wanted text, amount integer, most integer, at timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  total integer;
begin
  insert into messaging.budget_use as b (business_id, day, budget, used)
  values (messaging.chosen_business(), (at at time zone 'UTC')::date, wanted, amount)
  on conflict (business_id, budget, day) do update set used = b.used + excluded.used
  returning b.used into total;
  delete from messaging.budget_use b
  where b.business_id = messaging.chosen_business() and b.budget = wanted and b.day < (at at time zone 'UTC')::date - 1;
  return most = 0 or total <= most;
end $$;
revoke all on function messaging.spend(text, integer, integer, timestamptz) from public, anon, authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.spend(text, integer, integer, timestamptz) owner to messaging_worker;
revoke create on schema messaging from messaging_worker;
grant execute on function messaging.spend(text, integer, integer, timestamptz) to authenticated;
grant execute on function messaging.chosen_business() to messaging_worker;

-- What members do beside this service, as through the project's own API, stands in the trail as well: fields by name, never what they
-- held. The service itself always says for which business it acts.
create function messaging.note_direct_change() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
  was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row jsonb := coalesce(became, was);
  fields jsonb;
begin
  select coalesce(jsonb_agg(key order by key), '[]') into fields
  from jsonb_object_keys(row) key
  where key <> 'updated_at' and (became -> key) is distinct from (was -> key);
  if fields <> '[]' then
    insert into messaging.audit_entries (business_id, at, actor_kind, actor_id, actor, action, subject, details)
    values ((row ->> 'business_id')::uuid, statement_timestamp(), 'person', person,
      coalesce((select m.email from messaging.business_members m where m.business_id = (row ->> 'business_id')::uuid and m.user_id = person),
        'Person ' || person, 'Unknown'),
      'directChange', row ->> 'id', jsonb_build_object('table', tg_table_name, 'operation', lower(tg_op), 'fields', fields));
  end if;
  return null;
end $$;

-- Nobody acknowledges in a colleague's name.
create function messaging.refuse_foreign_acknowledgement() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.acknowledged_by_member <> (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid then
    raise exception 'Acknowledge in your own name: acknowledged_by_member is your own id, or null.' using errcode = '42501';
  end if;
  return new;
end $$;

revoke all on function messaging.note_direct_change(), messaging.refuse_foreign_acknowledgement() from public, anon, authenticated;
grant create on schema messaging to messaging_worker;
alter function messaging.note_direct_change() owner to messaging_worker;
alter function messaging.refuse_foreign_acknowledgement() owner to messaging_worker;
revoke create on schema messaging from messaging_worker;

create trigger note_direct_change after update on public.messages for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();
create trigger note_direct_change after insert or update or delete on public.message_channels for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();
create trigger note_direct_change after insert or update or delete on public.notification_preferences for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null) execute function messaging.note_direct_change();
create trigger refuse_foreign_acknowledgement before update on public.messages for each row
when (current_user = 'authenticated' and messaging.chosen_business() is null
  and new.acknowledged_by_member is distinct from old.acknowledged_by_member)
execute function messaging.refuse_foreign_acknowledgement();

-- What a platform keeps about a channel beside where it goes may be a secret: beside this service only owners read it.
alter policy member_reads on public.message_channels
  using (business_id = any (array(select messaging.my_businesses(case when messaging.chosen_business() is null then 'owner' else 'viewer' end))));
