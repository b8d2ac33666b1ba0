-- How long the answers of a day took, so that the percentiles of any days are found without reading one lead after the other. A row holds
-- the seconds of all leads of a day, funnel and priority, four bytes each: it is read as a whole, or not at all.
create table messaging.response_figures (
  id bigint generated always as identity primary key,
  business_id uuid not null references public.businesses (id) on delete cascade,
  day date not null,
  funnel_id uuid,
  priority text,
  to_acknowledge bytea not null,
  to_acknowledge_open bytea not null,
  to_respond bytea not null,
  to_respond_open bytea not null
);
create index response_figures_business_id on messaging.response_figures (business_id, day);

alter table messaging.response_figures enable row level security, force row level security;
create policy worker_all on messaging.response_figures for all to messaging_worker using (true) with check (true);
create policy caller_reads on messaging.response_figures for select to authenticated
  using (business_id = (select messaging.acting_for('viewer')));
revoke all on messaging.response_figures from public, anon, authenticated;
revoke all on sequence messaging.response_figures_id_seq from public, anon, authenticated;
grant select on messaging.response_figures to authenticated;
grant select, insert, delete on messaging.response_figures to messaging_worker;

-- An older version that still runs reads these columns. They are empty from here on, and removed by a later release.
alter table messaging.lead_figures
  alter column to_acknowledge set default '{}',
  alter column to_acknowledge_open set default '{}',
  alter column to_respond set default '{}',
  alter column to_respond_open set default '{}';

-- Days that are stored are counted anew, in the background; until then they are counted on request.
set local role messaging_worker;
update messaging.figures_kept set basis = null;
set local role none;
