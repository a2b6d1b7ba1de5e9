import { migrate } from "../db/migrate";

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL is not set: it says which database to migrate.");
await migrate(url);
