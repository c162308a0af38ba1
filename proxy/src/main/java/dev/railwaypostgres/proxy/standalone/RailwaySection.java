package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.settings.Reference;
import dev.railwaypostgres.proxy.settings.Section;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingParsers;
import dev.railwaypostgres.proxy.standalone.StandaloneSettings.Railway;
import dev.railwaypostgres.railway.Plan;
import dev.railwaypostgres.railway.RailwaySettings;
import dev.railwaypostgres.railway.RailwayToken;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** {@code railway}: how to reach it. */
final class RailwaySection {
    private static final Setting<String> TOKEN = Setting.required(
            "token",
            RailwaySection::token,
            "Railway token, by reference. Of a file it is read anew when Railway refuses the one before.");
    private static final Setting<RailwayToken.Kind> TOKEN_KIND = Setting.withDefault(
            "tokenKind",
            RailwayToken.Kind::named,
            "Project",
            "Project, Workspace or Account. A project token is enough.");
    private static final Setting<String> ENVIRONMENT = Setting.optional(
            "environment",
            Function.identity(),
            "Id of the environment that the databases are in. A project token knows it; the others do not.");
    private static final Setting<Plan> PLAN = Setting.withDefault(
            "plan",
            text -> Plan.valueOf(text.toUpperCase(Locale.ROOT)),
            "Hobby",
            "Hobby or Pro: how many calls Railway allows in an hour.");
    private static final Setting<URI> API_URL = Setting.withDefault(
            "apiUrl", SettingParsers::httpUrl, RailwaySettings.RAILWAY.toString(), "Railway's GraphQL API.");

    static final List<Setting<?>> KEYS = List.of(TOKEN, TOKEN_KIND, ENVIRONMENT, PLAN, API_URL);

    private RailwaySection() {}

    /** Of any kind: they have the same characters. */
    private static String token(String text) {
        return new RailwayToken(RailwayToken.Kind.PROJECT, text).value();
    }

    static Railway read(Section section) {
        var kind = section.get(TOKEN_KIND, RailwayToken.Kind.PROJECT);
        var environment = section.find(ENVIRONMENT);
        if (kind != RailwayToken.Kind.PROJECT && environment == null) {
            section.problem("environment is not set, which only a project token knows by itself");
        }
        var railway = new Railway(
                section.get(API_URL, RailwaySettings.RAILWAY),
                Objects.requireNonNullElseGet(section.findReference(TOKEN), () -> new Reference.Variable("")),
                kind,
                section.get(PLAN, Plan.HOBBY),
                environment);
        section.refuseOthers();
        return railway;
    }
}
