using System.ClientModel;
using Hone.EndToEnd.Support;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Hone.EndToEnd.Clients;

/// <summary>The official .NET client, with nothing changed but the address.</summary>
public sealed class OpenAiDotNetTests(BoxServer server)
{
    private readonly OpenAIClient client = new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = server.ApiAddress });

    [Fact]
    public async Task Models_are_listed()
    {
        OpenAIModelCollection models = await client.GetOpenAIModelClient().GetModelsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(models, m => m.Id == server.Model);
    }

    [Fact]
    public async Task A_chat_completion_and_its_stream_say_the_same()
    {
        var chat = client.GetChatClient(server.Model);
        ChatMessage[] messages = [new SystemChatMessage("You answer in one sentence."), new UserChatMessage("What is the capital of Australia?")];
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 16, IncludeLogProbabilities = true, TopLogProbabilityCount = 2 };
        ChatCompletion whole = await chat.CompleteChatAsync(messages, options, TestContext.Current.CancellationToken);
        Assert.Contains("Canberra", whole.Content[0].Text, StringComparison.Ordinal);
        Assert.True(whole.Usage.OutputTokenCount is > 0 and <= 16);
        Assert.Equal(whole.Content[0].Text, string.Concat(whole.ContentTokenLogProbabilities.Select(t => t.Token)));

        var text = "";
        ChatFinishReason? finish = null;
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, options, TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(p => p.Text));
            finish ??= update.FinishReason;
        }
        Assert.Equal(whole.Content[0].Text, text);
        Assert.Equal(whole.FinishReason, finish);
    }

    [Fact]
    public async Task A_wrong_parameter_is_an_error_of_the_client()
    {
        var chat = client.GetChatClient("no-such-model");
        var problem = await Assert.ThrowsAsync<ClientResultException>(() => chat.CompleteChatAsync(["Hi"]));
        Assert.Equal(404, problem.Status);
    }
}
