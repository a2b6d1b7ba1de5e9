CREATE TABLE "cache" (
	"owner_id" uuid NOT NULL,
	"key" text NOT NULL,
	"attempt_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cache_owner_id_key_pk" PRIMARY KEY("owner_id","key")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY DEFAULT new_id() NOT NULL,
	"owner_id" uuid NOT NULL,
	"label" text NOT NULL,
	"dialect" text NOT NULL,
	"base_url" text,
	"sealed_key" text,
	"key_last4" text,
	"models" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tested_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "corrections" (
	"owner_id" uuid NOT NULL,
	"model" text NOT NULL,
	"size" text NOT NULL,
	"quality" text NOT NULL,
	"cost_factor" double precision NOT NULL,
	"took_ms" double precision NOT NULL,
	"samples" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "corrections_owner_id_model_size_quality_pk" PRIMARY KEY("owner_id","model","size","quality")
);
--> statement-breakpoint
CREATE TABLE "months" (
	"owner_id" uuid NOT NULL,
	"month" date NOT NULL,
	"spend" bigint DEFAULT 0 NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "months_owner_id_month_pk" PRIMARY KEY("owner_id","month")
);
--> statement-breakpoint
ALTER TABLE "inputs" ADD COLUMN "role" text DEFAULT 'source' NOT NULL;--> statement-breakpoint
ALTER TABLE "inputs" ADD COLUMN "for_input_id" uuid;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "connection" text DEFAULT 'studio' NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "paid" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "reserved" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "cache_key" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "received_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "received" jsonb;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "reused_from" uuid;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "unknown_outcomes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "image_units" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "fresh" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "max_in_flight" integer DEFAULT 256 NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "images_per_minute" double precision;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "requests_per_minute" double precision;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "rate_source" text DEFAULT 'default' NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "images_tat" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "requests_tat" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "sent_tat" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "blocked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "blocked_why" text;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "clean_answers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "recent" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "limits" ADD COLUMN "answers" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "maybe_spend" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "reserved" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "worst_price" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "monthly_budget" bigint;--> statement-breakpoint
ALTER TABLE "cache" ADD CONSTRAINT "cache_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cache" ADD CONSTRAINT "cache_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrections" ADD CONSTRAINT "corrections_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "months" ADD CONSTRAINT "months_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cache_attempt_idx" ON "cache" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "connections_owner_idx" ON "connections" USING btree ("owner_id");--> statement-breakpoint
ALTER TABLE "inputs" ADD CONSTRAINT "inputs_for_input_id_inputs_id_fk" FOREIGN KEY ("for_input_id") REFERENCES "public"."inputs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_reused_from_attempts_id_fk" FOREIGN KEY ("reused_from") REFERENCES "public"."attempts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inputs_attached_idx" ON "inputs" USING btree ("session_id","for_input_id") WHERE "inputs"."role" <> 'source';--> statement-breakpoint
CREATE INDEX "attempts_reused_idx" ON "attempts" USING btree ("reused_from") WHERE "attempts"."reused_from" is not null;