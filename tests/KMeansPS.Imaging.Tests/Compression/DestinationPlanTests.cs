using KMeansPS.Imaging.Compression;

namespace KMeansPS.Imaging.Tests.Compression;

public sealed class DestinationPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static DestinationFault FaultOf(Action act) => Assert.Throws<DestinationException>(act).Fault;

    [Fact]
    public void For_NoPlace_IsBesideTheSource() =>
        Assert.Equal(_folder.File("a.b.k16.png"), new DestinationPlan(null, 16, replace: false).For(_folder.File("a.b.jpg")));

    [Theory]
    [InlineData("new")]
    [InlineData("new.d")]
    [InlineData("new.png/")]
    public void For_PlaceThatIsNoPngName_IsAFolder(string place)
    {
        string expected = Path.Combine(_folder.File(place.TrimEnd('/')), "a.k8.png");
        Assert.Equal(expected, new DestinationPlan(_folder.File(place), 8, replace: false).For(_folder.File("a.jpg")));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void For_FolderThatIsNamedLikeAPng_IsAFolder()
    {
        Directory.CreateDirectory(_folder.File("odd.png"));
        Assert.Equal(Path.Combine(_folder.File("odd.png"), "a.k8.png"), new DestinationPlan(_folder.File("odd.png"), 8, replace: false).For(_folder.File("a.jpg")));
    }

    [Fact]
    public void For_PngName_IsTheFile_AndNotForTwo()
    {
        var plan = new DestinationPlan(_folder.File("one.png"), 8, replace: true);
        Assert.Equal(_folder.File("one.png"), plan.For(_folder.File("a.jpg")));
        Assert.Equal(DestinationFault.Shared, FaultOf(() => plan.For(_folder.File("b.jpg"))));
    }

    [Fact]
    public void For_TwoSourcesOfOneName_IsRefusedEvenWhenReplacing()
    {
        var plan = new DestinationPlan(null, 8, replace: true);
        plan.For(_folder.File("a.jpg"));
        Assert.Equal(DestinationFault.Shared, FaultOf(() => plan.For(_folder.File("a.png"))));
    }

    [Fact]
    public void For_FileThatIsThere_IsRefusedUnlessReplacing()
    {
        File.WriteAllText(_folder.File("a.k8.png"), "kept");
        Assert.Equal(DestinationFault.Exists, FaultOf(() => new DestinationPlan(null, 8, replace: false).For(_folder.File("a.jpg"))));
        Assert.Equal(_folder.File("a.k8.png"), new DestinationPlan(null, 8, replace: true).For(_folder.File("a.jpg")));
    }

    [Fact]
    public void For_DestinationThatIsASource_IsRefusedEvenWhenReplacing()
    {
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => new DestinationPlan(_folder.File("a.png"), 8, replace: true).For(_folder.File("a.png"))));

        var plan = new DestinationPlan(null, 8, replace: true);
        plan.For(_folder.File("a.k8.png"));
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => plan.For(_folder.File("a.jpg"))));
    }

    [Fact]
    public void For_SourceUnderAnotherName_IsRefusedEvenWhenReplacing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a right there.");
        string real = Directory.CreateDirectory(_folder.File("real")).FullName;
        Directory.CreateSymbolicLink(_folder.File("link"), real);
        File.WriteAllText(Path.Join(real, "a.png"), "kept");
        File.CreateSymbolicLink(_folder.File("b.png"), Path.Join("link", "a.png"));
        string elsewhere = Path.Join(_folder.File("link"), "a.png");
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => new DestinationPlan(Path.Join(real, "a.png"), 8, replace: true).For(elsewhere)));
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => new DestinationPlan(elsewhere, 8, replace: true).For(Path.Join(real, "a.png"))));
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => new DestinationPlan(elsewhere, 8, replace: true).For(_folder.File("b.png"))));
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => new DestinationPlan(_folder.File("b.png"), 8, replace: true).For(_folder.File("b.png"))));
    }

    [Fact]
    public void For_SourceThatTheRunHasWritten_IsRefused()
    {
        var plan = new DestinationPlan(null, 8, replace: true);
        plan.For(_folder.File("a.jpg"));
        Assert.Equal(DestinationFault.IsResult, FaultOf(() => plan.For(_folder.File("a.k8.png"))));
    }

    [Fact]
    public void AddSource_BeforeItsTurn_KeepsItFromBeingOverwritten()
    {
        var plan = new DestinationPlan(null, 8, replace: true);
        plan.AddSource(_folder.File("a.k8.png"));
        Assert.Equal(_folder.File("a.k8.png"), plan.PlaceOf(_folder.File("a.jpg")));
        Assert.Equal(DestinationFault.IsSource, FaultOf(() => plan.For(_folder.File("a.jpg"))));
    }

    [Fact]
    public void KeepTree_OfAFolder_PutsResultsInTheSameFoldersBelowTheDestination()
    {
        var plan = new DestinationPlan(_folder.File("out"), 8, replace: false);
        plan.KeepTree(_folder.File("in"));
        Assert.Equal(Path.Join(_folder.File("out"), "a.k8.png"), plan.For(_folder.File("in/a.jpg")));
        Assert.Equal(Path.Join(_folder.File("out"), "b", "c", "a.k8.png"), plan.For(_folder.File("in/b/c/a.jpg")));
        Assert.Equal(Path.Join(_folder.File("out"), "..b", "a.k8.png"), plan.For(_folder.File("in/..b/a.jpg")));
        Assert.Equal(DestinationFault.Shared, FaultOf(() => plan.For(_folder.File("in/b/c/a.png"))));
        Assert.Equal(DestinationFault.OutsideRoot, FaultOf(() => plan.For(_folder.File("inside/a.jpg"))));
        Assert.Equal(DestinationFault.OutsideRoot, FaultOf(() => plan.For(_folder.File("a.jpg"))));
    }

    [Fact]
    public void KeepTree_OfALink_TakesSourcesBelowItsTarget()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link takes a right there.");
        Directory.CreateDirectory(_folder.File("real/a"));
        File.WriteAllText(_folder.File("real/a/x.jpg"), "x");
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("real"));
        var plan = new DestinationPlan(_folder.File("out"), 8, replace: false);
        plan.KeepTree(_folder.File("link"));
        Assert.Equal(Path.Join(_folder.File("out"), "a", "x.k8.png"), plan.For(_folder.File("real/a/x.jpg")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("one.png")]
    public void KeepTree_WithoutAFolder_IsRefused(string? place) =>
        Assert.Throws<InvalidOperationException>(() => new DestinationPlan(place is null ? null : _folder.File(place), 8, replace: false).KeepTree(_folder.File("in")));

    [Theory]
    [InlineData("in", "in/a.jpg", "in/b.jpg")]
    [InlineData("in", "in/a/x.jpg", "in/b/y.jpg", "in/z.jpg")]
    [InlineData("in/a", "in/a/b/c/x.jpg", "in/a/d/y.jpg")]
    [InlineData("", "in/x.jpg", "inside/x.jpg")]
    public void CommonFolder_OfSources_IsTheDeepest(string expected, params string[] sources) =>
        Assert.Equal(Path.TrimEndingDirectorySeparator(_folder.File(expected)), DestinationPlan.CommonFolder(sources.Select(_folder.File)));

    [Fact]
    public void CommonFolder_OfNothing_IsNone() => Assert.Null(DestinationPlan.CommonFolder([]));
}
