/** Repeats an assertion until it holds; after five seconds its last failure counts. */
export async function eventually(assertion: () => Promise<void>, patience = 5_000): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
