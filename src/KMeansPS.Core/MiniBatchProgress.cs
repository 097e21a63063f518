namespace KMeansPS;

/// <summary>How far the reading of a stream is: reported after each batch, from the thread that called.</summary>
/// <param name="Pass">The pass, from 1.</param>
/// <param name="Passes">How many passes there are at the most.</param>
/// <param name="Read">How many points have been read in this pass.</param>
/// <param name="Count">How many points there are; null where that is not known yet.</param>
public readonly record struct MiniBatchProgress(int Pass, int Passes, long Read, long? Count);
