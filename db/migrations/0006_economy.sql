CREATE TABLE "batches" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"connection" text NOT NULL,
	"model" text NOT NULL,
	"endpoint" text NOT NULL,
	"state" text DEFAULT 'filling' NOT NULL,
	"claimed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"files" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"provider_batch_id" text,
	"input_file_id" text,
	"output_file_id" text,
	"error_file_id" text,
	"provider_status" text,
	"lines" integer DEFAULT 0 NOT NULL,
	"done_lines" integer DEFAULT 0 NOT NULL,
	"failed_lines" integer DEFAULT 0 NOT NULL,
	"expected_bytes" bigint DEFAULT 0 NOT NULL,
	"creating_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"poll_at" timestamp with time zone DEFAULT now() NOT NULL,
	"polls" integer DEFAULT 0 NOT NULL,
	"troubles" integer DEFAULT 0 NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"cancel_sent_at" timestamp with time zone,
	"hold_until" timestamp with time zone,
	"error_code" text,
	"error_words" text,
	"lease_token" uuid,
	"lease_until" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "batch_inputs" jsonb;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "lane" text DEFAULT 'live' NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "batched" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batches_due_idx" ON "batches" USING btree ("poll_at") WHERE "batches"."state" <> 'settled';--> statement-breakpoint
CREATE INDEX "batches_session_idx" ON "batches" USING btree ("session_id","created_at");--> statement-breakpoint
CREATE INDEX "batches_hold_idx" ON "batches" USING btree ("connection","hold_until") WHERE "batches"."hold_until" is not null;--> statement-breakpoint
CREATE INDEX "batches_owner_idx" ON "batches" USING btree ("owner_id");--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batches"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_batch_idx" ON "attempts" USING btree ("batch_id") WHERE "attempts"."batch_id" is not null;