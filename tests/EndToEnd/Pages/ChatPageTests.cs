using Hone.EndToEnd.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hone.EndToEnd.Pages;

/// <summary>The chat page in a real browser, against the model in the box.</summary>
public sealed class ChatPageTests(BoxServer server, Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_person_chats_by_keyboard_and_sees_probabilities_and_figures()
    {
        var page = await OpenAsync();
        await Expect(page.Locator("#model")).ToHaveValueAsync(server.Model);
        await page.Locator("#toggle-settings").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#temperature").FillAsync("0");
        await page.Locator("#max_tokens").FillAsync("24");
        await page.Locator("#logprobs").CheckAsync();
        await page.Locator("#toggle-settings").PressAsync("Enter");
        await page.Locator("#prompt").FillAsync("What is the capital of Australia?");
        await page.Keyboard.PressAsync("Enter");
        var answer = page.Locator("#transcript .assistant").First;
        await Expect(answer.Locator(".text")).ToContainTextAsync("Canberra", new() { Timeout = 30_000 });
        await Expect(answer.Locator(".figures")).ToContainTextAsync("tokens/s", new() { Timeout = 30_000 });
        await Expect(answer.Locator(".figures")).ToContainTextAsync("first token after");
        await answer.Locator(".token").First.ClickAsync();
        await Expect(answer.Locator(".alternatives td")).Not.ToHaveCountAsync(0);
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "chat.png") });
    }

    [Fact]
    public async Task A_running_answer_stops_on_Escape()
    {
        var page = await OpenAsync();
        await page.Locator("#prompt").FillAsync("Write a very long story about a dragon.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#transcript .assistant .text")).Not.ToBeEmptyAsync(new() { Timeout = 30_000 });
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Stopped.");
        await Expect(page.Locator("#send")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Markup_in_a_message_stays_text()
    {
        var page = await OpenAsync();
        await page.Locator("#toggle-settings").ClickAsync();
        await page.Locator("#max_tokens").FillAsync("4");
        await page.Locator("#prompt").FillAsync("<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>");
        await page.Locator("#send").ClickAsync();
        await Expect(page.Locator("#transcript .figures")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page).ToHaveTitleAsync("Hone");
        Assert.Equal(0, await page.Locator("#transcript img, #transcript script").CountAsync());
    }

    [Fact]
    public async Task A_phone_shows_everything_without_sideways_scrolling()
    {
        var page = await OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = 360, Height = 640 }, HasTouch = true, IsMobile = true });
        await Expect(page.Locator("#prompt")).ToBeInViewportAsync();
        await Expect(page.Locator("#send")).ToBeInViewportAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task Swagger_works_offline()
    {
        var page = await OpenAsync(path: "/swagger/index.html");
        await Expect(page.GetByText("/v1/chat/completions", new() { Exact = false }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null, string path = "/")
    {
        var page = await chromium.OpenAsync(options);
        page.PageError += (_, problem) => Assert.Fail(problem);
        page.Request += (_, request) => Assert.StartsWith(server.BaseAddress.ToString(), request.Url.Replace("data:", server.BaseAddress.ToString(), StringComparison.Ordinal), StringComparison.Ordinal);
        await page.GotoAsync(new Uri(server.BaseAddress, path).ToString());
        return page;
    }
}
