import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/shared/api/client';
import type { In } from '@/shared/api/types';

export const onboardingQuery = queryOptions({
  queryKey: ['onboarding'],
  queryFn: ({ signal }) => ok(api.GET('/v1/onboarding', { signal })),
});
export const setStep = (body: In<'/v1/onboarding', 'patch'>) => ok(api.PATCH('/v1/onboarding', { body }));
