using Microsoft.Playwright;

namespace Shizhang.IntegrationTests.Browser;

/// <summary>A keyboard that counts: each key pressed counts, the words typed do not.</summary>
internal sealed class Keys(IPage page)
{
    public int Pressed { get; private set; }

    public async Task PressAsync(string key, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await page.Keyboard.PressAsync(key);
            Pressed++;
        }
    }

    public Task TypeAsync(string words) => page.Keyboard.TypeAsync(words);

    /// <summary>What the focus is on, as the form names it.</summary>
    public Task<string?> FocusAsync() => page.EvaluateAsync<string?>("document.activeElement.name ?? document.activeElement.getAttribute('href')");
}
