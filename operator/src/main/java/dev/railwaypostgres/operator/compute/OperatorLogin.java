package dev.railwaypostgres.operator.compute;

import dev.railwaypostgres.sleep.compute.AdminLogin;
import dev.railwaypostgres.sleep.compute.ComputeAddress;
import dev.railwaypostgres.sleep.compute.Password;

/** How the operator logs in to the computes that it made: as {@code postgres}, a role that is its own. */
public final class OperatorLogin {
    static final String ROLE = "postgres";

    private static final String DATABASE = "postgres";
    private static final String APPLICATION = "railway-postgres-operator";

    private OperatorLogin() {}

    public static AdminLogin to(ComputeAddress address, Password password) {
        return new AdminLogin(address, ROLE, DATABASE, APPLICATION, password);
    }
}
