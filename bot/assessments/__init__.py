"""One station's filling-in of a rubric: what it holds, what can happen to it, and who may touch it."""
