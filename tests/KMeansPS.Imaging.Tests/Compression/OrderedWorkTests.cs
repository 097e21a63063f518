using KMeansPS.Imaging.Compression;

namespace KMeansPS.Imaging.Tests.Compression;

public sealed class OrderedWorkTests
{
    private static List<string> TakeAll(OrderedWork<string> work)
    {
        var taken = new List<string>();
        while (work.Count > 0)
        {
            work.Wait();
            while (work.TryTake(out string? source, out var outcome))
            {
                taken.Add($"{source}: {(outcome.IsFaulted ? outcome.Exception.InnerException!.Message : outcome.Result)}");
            }
        }

        return taken;
    }

    [Fact]
    public void TryTake_WhateverEndsFirst_KeepsTheOrder()
    {
        var work = new OrderedWork<string>(2, TestContext.Current.CancellationToken);
        using var second = new ManualResetEventSlim();
        work.Begin("a", 0, () =>
        {
            second.Wait();
            return "1";
        });
        work.Begin("b", 0, () =>
        {
            second.Set();
            throw new InvalidDataException("2");
        });
        Assert.Equal("a", work.Next);
        Assert.Equal(["a: 1", "b: 2"], TakeAll(work));
    }

    [Fact]
    public void HasRoomFor_GoesByThreadsAndMemory_AndALargePictureIsAlone()
    {
        using var end = new ManualResetEventSlim();
        var work = new OrderedWork<string>(3, TestContext.Current.CancellationToken, memory: 100 << 20);
        Assert.True(work.HasRoomFor(1L << 40));
        work.Begin("a", 1000, () =>
        {
            end.Wait();
            return "";
        });
        Assert.False(work.HasRoomFor(10_000_000));
        Assert.True(work.HasRoomFor(1000));
        work.Begin("b", 1000, () =>
        {
            end.Wait();
            return "";
        });
        work.Begin("c", 0, () =>
        {
            end.Wait();
            return "";
        });
        Assert.False(work.HasRoomFor(0));
        end.Set();
        TakeAll(work);
        Assert.True(work.HasRoomFor(1L << 40));
    }

    [Fact]
    public void Wait_ForWorkThatEndedBeforeTheCall_ReturnsWhileOtherWorkGoesOn()
    {
        using var end = new ManualResetEventSlim();
        using var shortWork = new ManualResetEventSlim();
        var work = new OrderedWork<string>(2, TestContext.Current.CancellationToken);
        work.Begin("long", 0, () => $"{end.Wait(TimeSpan.FromMinutes(1))}");
        work.Begin("short", 0, () =>
        {
            shortWork.Set();
            return "";
        });
        shortWork.Wait(TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => work.HasRoomFor(0));
        work.Wait();
        end.Set();
        Assert.Equal(["long: True", "short: "], TakeAll(work));
    }

    [Fact]
    public void HasRoomFor_WhileTheFirstPictureTakesLong_AllowsFewAheadOfIt()
    {
        using var end = new ManualResetEventSlim();
        var work = new OrderedWork<string>(2, TestContext.Current.CancellationToken);
        work.Begin("long", 0, () =>
        {
            end.Wait();
            return "";
        });
        int ahead = 0;
        for (; work.HasRoomFor(0) && ahead < 10; ahead++)
        {
            work.Begin("short", 0, () => "");
            work.Wait();
        }

        end.Set();
        Assert.Equal(3, ahead);
        Assert.Equal(4, TakeAll(work).Count);
        Assert.True(work.HasRoomFor(0));
    }

    [Fact]
    public void Parallel_WithinPictures_NeverTakesMoreThreadsThanAllMayHave()
    {
        var work = new OrderedWork<string>(2, TestContext.Current.CancellationToken);
        int running = 0;
        int most = 0;
        for (int picture = 0; picture < 4; picture++)
        {
            work.Begin($"{picture}", 0, () =>
            {
                Parallel.For(0, 20, work.Parallel, _ =>
                {
                    int now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    Thread.Sleep(1);
                    Interlocked.Decrement(ref running);
                });
                return "";
            });
        }

        Assert.Equal(4, TakeAll(work).Count);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void Wait_Cancelled_ThrowsWhenAllWorkHasEnded()
    {
        using var stop = new CancellationTokenSource();
        var work = new OrderedWork<string>(2, stop.Token);
        int ended = 0;
        for (int picture = 0; picture < 2; picture++)
        {
            work.Begin($"{picture}", 0, () =>
            {
                stop.Token.WaitHandle.WaitOne();
                Interlocked.Increment(ref ended);
                stop.Token.ThrowIfCancellationRequested();
                return "";
            });
        }

        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(work.Wait);
        Assert.Equal(2, ended);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
