import type { Metadata } from "next";
import { RecipesScreen } from "@/components/recipes/recipes-screen";
import { requireUser } from "@/lib/auth/current-user";
import { listRecipes } from "@/lib/recipes/queries";
import { readListQuery } from "@/lib/sessions/list-query";

export const metadata: Metadata = { title: "Recipes" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RecipesPage({ searchParams }: Props) {
  const [user, params] = await Promise.all([requireUser(), searchParams]);
  const { search } = readListQuery({ q: params.q });
  return <RecipesScreen rows={await listRecipes({ userId: user.id, search })} search={search} />;
}
