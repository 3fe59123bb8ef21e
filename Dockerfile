# Build: docker build -t hone .        Run: docker run --rm -p 8000:8000 -e HONE_API_KEY=… hone
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Server -c Release -o /app -p:HoneTorch=none

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown 1654:1654 /data
USER 1654:1654
VOLUME /data
ENV HONE_HOST=0.0.0.0 HONE_PORT=8000 HONE_DATA_DIR=/data
EXPOSE 8000
# The program checks itself, so the image needs no curl. A bind beyond loopback needs HONE_API_KEY; health checks don't.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["./hone", "health"]
ENTRYPOINT ["./hone"]
CMD ["serve"]
