package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.route.Address;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.settings.Section;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.standalone.StandaloneSettings.Database;
import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of {@code databases}. */
final class DatabaseSection {
    private static final String APPLICATION = "railway-postgres-proxy";

    private static final Setting<String> NAME = Setting.required(
            "name",
            DatabaseSection::name,
            "What clients call it: options=endpoint=<name>, or <name>.<proxyDomain>. Small letters, digits and hyphens.");
    private static final Setting<String> SERVICE =
            Setting.required("service", Function.identity(), "The Postgres service on Railway, by its name or its id.");
    private static final Setting<AdminUrl> ADMIN = Setting.required(
            "admin",
            AdminUrl::parse,
            "Connection string of a superuser, postgresql://role:password@host:port/database, by reference.");
    private static final Setting<Address> ADDRESS = Setting.optional(
            "address",
            Address::parse,
            "host:port at which Postgres listens, best on the private network. Absent: that of the connection string.");
    private static final Setting<String> DATABASE_NAME = Setting.optional(
            "databaseName",
            Function.identity(),
            "Database in Postgres by which clients come here that name none of ours; * means every one. Absent: * if"
                    + " there is only one database here, else that of the connection string.");

    static final List<Setting<?>> KEYS = List.of(NAME, SERVICE, ADMIN, ADDRESS, DATABASE_NAME);

    private DatabaseSection() {}

    /** @param isOnlyOne there is no other database that a client could mean */
    static Database read(Section section, boolean isOnlyOne) {
        var admin = Objects.requireNonNullElse(section.findSecret(ADMIN), AdminUrl.NOBODY);
        var suspend = SuspendSection.read(section.section("suspend"));
        var database = new Database(
                section.get(NAME, ""),
                section.get(SERVICE, ""),
                login(admin, section.find(ADDRESS)),
                databaseName(section, isOnlyOne, admin.database()),
                suspend.policy(),
                PoolingSection.read(section.section("pooling")).with(suspend.localAnswers()));
        section.refuseOthers();
        return database;
    }

    private static String databaseName(Section section, boolean isOnlyOne, String otherwise) {
        var given = section.find(DATABASE_NAME);
        if (!isOnlyOne && Route.ANY_DATABASE.equals(given)) {
            section.problem("databaseName * is for one database alone");
        }
        return Objects.requireNonNullElse(given, isOnlyOne ? Route.ANY_DATABASE : otherwise);
    }

    private static AdminLogin login(AdminUrl admin, @Nullable Address given) {
        var address = given == null
                ? new ComputeAddress(admin.host(), admin.port())
                : new ComputeAddress(given.host(), given.port());
        return new AdminLogin(address, admin.role(), admin.database(), APPLICATION, admin.password());
    }

    private static String name(String text) {
        if (!text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("not a name");
        }
        return text;
    }
}
