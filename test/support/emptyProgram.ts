/** A program that creates what a test gives it. */
(globalThis as { createForTest?: () => void }).createForTest?.();
