export const userNode = (email: string) => {
  const [id = email] = email.split('@')
  return {
    __typename: 'User',
    id,
    email,
    name: id,
    username: id,
    trust: 'HIGH',
    twoFactorProtection: true,
    enablePaidHobby: false,
  }
}
