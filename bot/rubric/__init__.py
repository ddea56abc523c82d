"""评估表 as data: the model, the strict loader, and the arithmetic of the notice."""
