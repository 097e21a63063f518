namespace KMeansPS.Imaging.Metadata;

/// <summary>A text that belongs to a picture.</summary>
/// <param name="Keyword">What it is, such as <c>Comment</c> or <c>Author</c>: 1 to 79 characters of Latin-1.</param>
/// <param name="Text">The text.</param>
public sealed record PictureText(string Keyword, string Text);
