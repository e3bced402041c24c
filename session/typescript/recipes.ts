import type { Recipe } from '../../core/edit/typescript/recipe';
import { extractValidatorRecipe } from '../../rules/duplicate-validator/cures/extract-validator/typescript/recipe';
import { extractAdapterRecipe } from '../../rules/mixed-io/cures/extract-adapter/typescript/recipe';
import { extractStreamingHandlerRecipe } from '../../rules/streaming-callback/cures/extract-streaming-handler/typescript/recipe';

/** The recipes of all cures. They stand here and not in their cures, because they need the compiler, which only this process holds. */
export const RECIPES: readonly Recipe[] = [extractValidatorRecipe, extractAdapterRecipe, extractStreamingHandlerRecipe];
