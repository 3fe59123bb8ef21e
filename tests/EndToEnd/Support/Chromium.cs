using Microsoft.Playwright;

namespace Hone.EndToEnd.Support;

/// <summary>Headless Chromium from the system (<c>HONE_CHROMIUM</c> or /usr/bin/chromium); without one the page tests skip.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A new page in a context of its own; fails the test if a page error or a refused resource is reported.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        if (browser is null)
            Assert.Skip("Chromium is not installed: run tests/run, apt-get install chromium, or set HONE_CHROMIUM.");
        return await (await browser.NewContextAsync(options)).NewPageAsync();
    }

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("HONE_CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
