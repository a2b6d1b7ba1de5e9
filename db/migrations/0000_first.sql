-- UUIDv7 (RFC 9562): 48 bits of milliseconds, then random, so that ids made by one set-based insert are ordered too.
CREATE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
        FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$;
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"session_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"format" text NOT NULL,
	"alpha" boolean NOT NULL,
	"storage_key" text NOT NULL,
	"thumbhash" text NOT NULL,
	"phash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inputs" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"client_id" uuid,
	"position" integer NOT NULL,
	"state" text DEFAULT 'uploading' NOT NULL,
	"refusal" text,
	"refusal_facts" jsonb,
	"notices" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"image_id" uuid,
	"source_name" text NOT NULL,
	"source_path" text DEFAULT '' NOT NULL,
	"source_bytes" bigint NOT NULL,
	"source_modified" bigint,
	"upload_sha256" text,
	"upload_key" text,
	"prompt_mode" text DEFAULT 'inherit' NOT NULL,
	"prompt" text DEFAULT '' NOT NULL,
	"variables" jsonb,
	"excluded" boolean DEFAULT false NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"probes" integer DEFAULT 0 NOT NULL,
	"lost_probes" integer DEFAULT 0 NOT NULL,
	"probe_lease_until" timestamp with time zone,
	"probe_worker_id" uuid,
	"removed_at" timestamp with time zone,
	"revision" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"item_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"run_id" text NOT NULL,
	"sent_at" timestamp with time zone,
	"prompt" text NOT NULL,
	"model" text NOT NULL,
	"model_version" text,
	"settings" jsonb NOT NULL,
	"seed" bigint,
	"request_id" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text DEFAULT 'sending' NOT NULL,
	"error_code" text,
	"error_words" text,
	"error_details" text,
	"charge" text DEFAULT 'none' NOT NULL,
	"cost" bigint DEFAULT 0 NOT NULL,
	"usage" jsonb,
	"image_id" uuid,
	"checks" jsonb,
	"notes" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"input_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"variant" integer DEFAULT 1 NOT NULL,
	"position" integer NOT NULL,
	"connection" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"ready" boolean DEFAULT true NOT NULL,
	"due_at" timestamp with time zone,
	"current_attempt_id" uuid,
	"attempt_count" integer DEFAULT 0 NOT NULL,
	"transient_failures" integer DEFAULT 0 NOT NULL,
	"prompt_override" text,
	"review" text DEFAULT 'none' NOT NULL,
	"review_note" text,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"worker_id" uuid,
	"dispatch" integer DEFAULT 0 NOT NULL,
	"crashes" integer DEFAULT 0 NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"connection" text PRIMARY KEY NOT NULL,
	"in_flight" integer NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_key" integer GENERATED ALWAYS AS IDENTITY (sequence name "workers_lock_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"engine" text NOT NULL,
	"cores" integer NOT NULL,
	"pool_ids" text[] DEFAULT '{}' NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"beat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"intent" uuid,
	"kind" text DEFAULT 'bulk' NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"pause_reason" text,
	"prompt" text DEFAULT '' NOT NULL,
	"settings" jsonb NOT NULL,
	"snapshot" jsonb,
	"budget" bigint,
	"spend" bigint DEFAULT 0 NOT NULL,
	"queued_count" integer DEFAULT 0 NOT NULL,
	"running_count" integer DEFAULT 0 NOT NULL,
	"waiting_count" integer DEFAULT 0 NOT NULL,
	"completed_count" integer DEFAULT 0 NOT NULL,
	"reused_count" integer DEFAULT 0 NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"blocked_count" integer DEFAULT 0 NOT NULL,
	"cancelled_count" integer DEFAULT 0 NOT NULL,
	"work_ms" bigint DEFAULT 0 NOT NULL,
	"revision" bigint DEFAULT 0 NOT NULL,
	"draft_version" integer DEFAULT 0 NOT NULL,
	"pilot" boolean DEFAULT false NOT NULL,
	"scheduled_for" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shares" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"options" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "steps" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"prompt" text,
	"settings" jsonb,
	"source_step" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "steps_position_check" CHECK ("steps"."position" between 1 and 7),
	CONSTRAINT "steps_source_check" CHECK ("steps"."source_step" is null or ("steps"."source_step" >= 1 and "steps"."source_step" < "steps"."position"))
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"user_id" uuid NOT NULL,
	"user_agent" text,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "owner_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	"window_started_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"email" text,
	"name" text,
	"password_hash" text,
	"login_version" integer DEFAULT 1 NOT NULL,
	"is_owner" boolean DEFAULT false NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inputs" ADD CONSTRAINT "inputs_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inputs" ADD CONSTRAINT "inputs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inputs" ADD CONSTRAINT "inputs_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_input_id_inputs_id_fk" FOREIGN KEY ("input_id") REFERENCES "public"."inputs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_step_id_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."steps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_current_attempt_id_attempts_id_fk" FOREIGN KEY ("current_attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "steps" ADD CONSTRAINT "steps_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logins" ADD CONSTRAINT "logins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_owner_idx" ON "audit" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "images_owner_sha_key" ON "images" USING btree ("owner_id","sha256");--> statement-breakpoint
CREATE INDEX "images_storage_key_idx" ON "images" USING btree ("storage_key");--> statement-breakpoint
CREATE UNIQUE INDEX "inputs_position_key" ON "inputs" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "inputs_changes_idx" ON "inputs" USING btree ("session_id","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "inputs_client_key" ON "inputs" USING btree ("session_id","client_id");--> statement-breakpoint
CREATE INDEX "inputs_probing_idx" ON "inputs" USING btree ("owner_id","updated_at") WHERE "inputs"."state" = 'probing';--> statement-breakpoint
CREATE INDEX "inputs_uploading_idx" ON "inputs" USING btree ("updated_at") WHERE "inputs"."state" = 'uploading';--> statement-breakpoint
CREATE INDEX "inputs_image_idx" ON "inputs" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "inputs_owner_idx" ON "inputs" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_number_key" ON "attempts" USING btree ("item_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_sending_key" ON "attempts" USING btree ("item_id") WHERE "attempts"."outcome" = 'sending';--> statement-breakpoint
CREATE INDEX "attempts_image_idx" ON "attempts" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "attempts_owner_idx" ON "attempts" USING btree ("owner_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "items_unit_key" ON "items" USING btree ("session_id","input_id","step_id","variant");--> statement-breakpoint
CREATE INDEX "items_position_idx" ON "items" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "items_changes_idx" ON "items" USING btree ("session_id","revision");--> statement-breakpoint
CREATE INDEX "items_ready_idx" ON "items" USING btree ("connection","session_id","position") WHERE "items"."status" = 'queued' and "items"."ready";--> statement-breakpoint
CREATE INDEX "items_due_idx" ON "items" USING btree ("connection","due_at") WHERE "items"."status" = 'waiting' and "items"."ready";--> statement-breakpoint
CREATE INDEX "items_running_idx" ON "items" USING btree ("connection","lease_until") WHERE "items"."status" = 'running';--> statement-breakpoint
CREATE INDEX "items_input_idx" ON "items" USING btree ("input_id");--> statement-breakpoint
CREATE INDEX "items_step_idx" ON "items" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "items_attempt_idx" ON "items" USING btree ("current_attempt_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entry_key" ON "ledger" USING btree ("attempt_id","kind");--> statement-breakpoint
CREATE INDEX "ledger_session_idx" ON "ledger" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "ledger_owner_idx" ON "ledger" USING btree ("owner_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_owner_idx" ON "sessions" USING btree ("owner_id","updated_at" DESC NULLS LAST) WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_intent_key" ON "sessions" USING btree ("owner_id","intent");--> statement-breakpoint
CREATE INDEX "sessions_running_idx" ON "sessions" USING btree ("id") WHERE "sessions"."state" = 'running';--> statement-breakpoint
CREATE INDEX "sessions_deleted_idx" ON "sessions" USING btree ("deleted_at") WHERE "sessions"."deleted_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "shares_token_key" ON "shares" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "shares_session_idx" ON "shares" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "steps_position_key" ON "steps" USING btree ("session_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_provider_key" ON "accounts" USING btree ("provider","provider_account_id");--> statement-breakpoint
CREATE INDEX "accounts_user_idx" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "logins_user_idx" ON "logins" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_owner_key" ON "users" USING btree ("is_owner") WHERE "users"."is_owner";